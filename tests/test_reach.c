/* What must never happen: whoever cites a source makes the register knock at a door inside the network where it stands,
 * in whatever form the address is written. */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "intake/reach.h"
#include "test.h"

static struct sockaddr_storage place_of(const char *address)
{
    struct sockaddr_storage place = { .ss_family = strchr(address, ':') ? AF_INET6 : AF_INET };
    void *bytes = place.ss_family == AF_INET ? (void *)&((struct sockaddr_in *)&place)->sin_addr
                                             : (void *)&((struct sockaddr_in6 *)&place)->sin6_addr;
    CHECK(inet_pton(place.ss_family, address, bytes) == 1, "%s is an address", address);
    return place;
}

static const struct {
    const char *address;
    bool is_public;
} places[] = {
    { "1.1.1.1", true },
    { "9.255.255.255", true },
    { "10.0.0.0", false },
    { "10.255.255.255", false },
    { "11.0.0.0", true },
    { "0.0.0.0", false },
    { "0.1.2.3", false },
    { "100.63.255.255", true },
    { "100.64.0.0", false },
    { "100.127.255.255", false },
    { "100.128.0.0", true },
    { "127.0.0.1", false },
    { "127.255.255.254", false },
    { "169.253.255.255", true },
    { "169.254.169.254", false },
    { "172.15.255.255", true },
    { "172.16.0.1", false },
    { "172.31.255.255", false },
    { "172.32.0.0", true },
    { "192.0.0.8", false },
    { "192.0.1.0", true },
    { "192.0.2.1", false },
    { "192.168.0.1", false },
    { "192.169.0.0", true },
    { "198.17.255.255", true },
    { "198.18.0.1", false },
    { "198.19.255.255", false },
    { "198.20.0.0", true },
    { "198.51.100.7", false },
    { "203.0.113.7", false },
    { "223.255.255.255", true },
    { "224.0.0.1", false },
    { "239.255.255.250", false },
    { "240.0.0.1", false },
    { "255.255.255.255", false },
    { "2606:4700:4700::1111", true },
    { "2a00:1450::1", true },
    { "3fff:1000::1", true },
    { "3fff:fff::1", false },
    { "4000::1", false },
    { "::", false },
    { "::1", false },
    { "::7f00:1", false },
    { "::ffff:127.0.0.1", false },
    { "::ffff:10.1.2.3", false },
    { "::ffff:1.1.1.1", true },
    { "64:ff9b::7f00:1", false },
    { "64:ff9b::a9fe:a9fe", false },
    { "64:ff9b::101:101", true },
    { "64:ff9b:1::101:101", false },
    { "100::1", false },
    { "2001::1", false },
    { "2001:1ff:ffff::1", false },
    { "2001:200::1", true },
    { "2001:db8::1", false },
    { "2002:7f00:1::1", false },
    { "2002:c0a8:101::1", false },
    { "2002:101:101::1", true },
    { "fc00::1", false },
    { "fd12:3456::1", false },
    { "fe80::1", false },
    { "fec0::1", false },
    { "ff02::1", false },
};

static const struct {
    const char *text;
    bool is_good;
    const char *in, *out; /* addresses in it and not in it */
} networks[] = {
    { "10.1.0.0/16", true, "10.1.255.255", "10.2.0.0" },
    { "10.1.0.0/9", true, "10.127.0.0", "10.128.0.0" },
    { "127.0.0.1", true, "127.0.0.1", "127.0.0.2" },
    { "0.0.0.0/0", true, "255.1.2.3", "::1" },
    { "fd00::/8", true, "fdff::1", "fc00::1" },
    { "::1", true, "::1", "127.0.0.1" },
    { "", false, NULL, NULL },
    { "/8", false, NULL, NULL },
    { "10.0.0.0/", false, NULL, NULL },
    { "10.0.0.0/33", false, NULL, NULL },
    { "10.0.0.0/-1", false, NULL, NULL },
    { "::/129", false, NULL, NULL },
    { "10.0.0/8", false, NULL, NULL },
    { "localhost", false, NULL, NULL },
    { "1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111", false, NULL, NULL },
};

int main(void)
{
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct sockaddr_storage place = place_of(places[i].address);
        CHECK(reach_is_public((struct sockaddr *)&place) == places[i].is_public, "%s is %s", places[i].address,
              places[i].is_public ? "public" : "not to be asked");
    }
    struct sockaddr_storage local = { .ss_family = AF_UNIX };
    CHECK(!reach_is_public((struct sockaddr *)&local), "what is no address of the internet is not asked");
    for (size_t i = 0; i < COUNT_OF(networks); i++) {
        Network network, none = { 0 };
        bool good = network_read(text_of(networks[i].text), &network);
        CHECK(good == networks[i].is_good, "'%s' is %s", networks[i].text, good ? "a network" : "none");
        if (!networks[i].is_good || !good)
            continue;
        struct sockaddr_storage in = place_of(networks[i].in), out = place_of(networks[i].out);
        CHECK(network_has(&network, (struct sockaddr *)&in) && !network_has(&network, (struct sockaddr *)&out),
              "it has %s and not %s", networks[i].in, networks[i].out);
        CHECK(!network_has(&none, (struct sockaddr *)&in), "no network has none");
    }
    return DONE();
}
