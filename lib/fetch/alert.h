/* lib/fetch/alert.h: the names of TLS alerts. */
#ifndef CHK_FETCH_ALERT_H
#define CHK_FETCH_ALERT_H

/* chk_alert_name gives IANA's name, "handshake_failure", or "unassigned". */
const char *chk_alert_name(int number);

#endif
