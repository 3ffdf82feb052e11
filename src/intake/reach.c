#include "intake/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>

enum { BITS_4 = 32, BITS_6 = 128, BYTE_BITS = 8, TEXT_MOST = 64 };

static bool has_bits(const unsigned char *bytes, const unsigned char *start, unsigned bits)
{
    unsigned whole = bits / BYTE_BITS, rest = bits % BYTE_BITS;
    unsigned mask = rest ? 0xFFU << (BYTE_BITS - rest) & 0xFFU : 0;
    return memcmp(bytes, start, whole) == 0 && (!rest || ((bytes[whole] ^ start[whole]) & mask) == 0);
}

bool network_read(Text text, Network *network)
{
    char address[TEXT_MOST];
    size_t end = text_find(text, "/");
    int64_t bits = -1;
    if (end >= sizeof address)
        return false;
    (void)snprintf(address, sizeof address, "%.*s", (int)end, text.length ? text.at : "");
    *network = (Network){ .family = strchr(address, ':') ? AF_INET6 : AF_INET };
    int64_t most = network->family == AF_INET ? BITS_4 : BITS_6;
    if (end == text.length)
        bits = most;
    else if (!text_int(text_slice(text, end + 1, text.length), &bits))
        return false;
    network->bits = (unsigned)MAX(bits, 0);
    return bits >= 0 && bits <= most && inet_pton(network->family, address, network->bytes) == 1;
}

static const unsigned char *bytes_of(const struct sockaddr *place)
{
    if (place->sa_family == AF_INET)
        return (const unsigned char *)&((const struct sockaddr_in *)(const void *)place)->sin_addr;
    if (place->sa_family == AF_INET6)
        return ((const struct sockaddr_in6 *)(const void *)place)->sin6_addr.s6_addr;
    return NULL;
}

bool network_has(const Network *network, const struct sockaddr *place)
{
    const unsigned char *bytes = bytes_of(place);
    return bytes && network->family == place->sa_family && has_bits(bytes, network->bytes, network->bits);
}

typedef struct Special {
    unsigned char start[8]; /* its first bytes */
    unsigned bits;
} Special;

static const Special special_4[] = {
    { { 0 }, 8 },             /* this network */
    { { 10 }, 8 },            /* private */
    { { 100, 64 }, 10 },      /* shared by the customers of a carrier */
    { { 127 }, 8 },           /* this machine */
    { { 169, 254 }, 16 },     /* this cable; services of clouds about their machines */
    { { 172, 16 }, 12 },      /* private */
    { { 192, 0, 0 }, 24 },    /* protocols */
    { { 192, 0, 2 }, 24 },    /* documentation */
    { { 192, 88, 99 }, 24 },  /* relays of 6to4 that are no more */
    { { 192, 168 }, 16 },     /* private */
    { { 198, 18 }, 15 },      /* measurements */
    { { 198, 51, 100 }, 24 }, /* documentation */
    { { 203, 0, 113 }, 24 },  /* documentation */
    { { 224 }, 3 },           /* many at once, reserved, everybody */
};

/* Of what begins as a public address of IPv6 does. */
static const Special special_6[] = {
    { { 0x20, 0x01, 0x00 }, 23 },       /* protocols, tunnels of Teredo among them */
    { { 0x20, 0x01, 0x0D, 0xB8 }, 32 }, /* documentation */
    { { 0x3F, 0xFF, 0x00 }, 20 },       /* documentation */
};

static bool is_special(const unsigned char *bytes, const Special *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (has_bits(bytes, list[i].start, list[i].bits))
            return true;
    return false;
}

static const struct {
    unsigned char start[12];
    unsigned bits, place; /* place: the byte at which the address of IPv4 begins */
} carriers[] = {
    { { [10] = 0xFF, [11] = 0xFF }, 96, 12 }, /* ::ffff:0:0/96, mapped */
    { { 0x00, 0x64, 0xFF, 0x9B }, 96, 12 },   /* NAT64 */
    { { 0x20, 0x02 }, 16, 2 },                /* 6to4 */
};

static bool is_public_6(const unsigned char *bytes)
{
    static const unsigned char unicast[] = { 0x20 };
    for (size_t i = 0; i < COUNT_OF(carriers); i++)
        if (has_bits(bytes, carriers[i].start, carriers[i].bits))
            return !is_special(bytes + carriers[i].place, special_4, COUNT_OF(special_4));
    return has_bits(bytes, unicast, 3) && !is_special(bytes, special_6, COUNT_OF(special_6));
}

bool reach_is_public(const struct sockaddr *place)
{
    const unsigned char *bytes = bytes_of(place);
    if (!bytes)
        return false;
    return place->sa_family == AF_INET ? !is_special(bytes, special_4, COUNT_OF(special_4)) : is_public_6(bytes);
}
