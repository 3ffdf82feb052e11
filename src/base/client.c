#include "base/client.h"

bool client_limit(CURL *curl, const ClientLimits *limits)
{
    return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, limits->schemes) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, limits->schemes) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PROXY, "") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, limits->connect_seconds) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT, limits->whole_seconds) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CAPATH, NULL) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CAINFO, limits->authorities) == CURLE_OK;
}
