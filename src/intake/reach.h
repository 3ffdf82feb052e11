/* Reach: which addresses of the network the register asks. A source can name any host, and a host any address: without
 * this, somebody who cites a source could make the register knock at doors inside the network where it stands. */
#pragma once

#include <sys/socket.h>

#include "base/text.h"

typedef struct Network {
    int family; /* AF_INET, AF_INET6; 0: none */
    unsigned char bytes[16];
    unsigned bits; /* how many of them count */
} Network;

/* "10.1.0.0/16", "fd00::/8", or one address "10.1.2.3". False when it is none. */
bool network_read(Text text, Network *network);
bool network_has(const Network *network, const struct sockaddr *place);

/* Whether anybody on the internet could be there: neither a private, local, shared or documentation network, nor this
 * machine, nor many at once. IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged as the IPv4 that it is. By the
 * registries of special addresses of IANA (RFC 6890 and its updates). */
bool reach_is_public(const struct sockaddr *place);
