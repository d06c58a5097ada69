/* lib/path/path_rules.c: what is asked of a path as a whole. */
#include "path/path_rules.h"

#include "cert/der.h"

/* requireExplicitPolicy, [0] of PolicyConstraints (4.2.1.11). */
static bool demands_policy(const struct chk_cert *cert)
{
	struct chk_der der =
		chk_der_begin(cert->policy_constraints.value, NULL);
	struct chk_tlv tlv;

	if (!cert->policy_constraints.present)
		return false;
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "PolicyConstraints", &tlv))
		return true;
	der = chk_der_inside(&der, &tlv);
	return chk_der_peek(&der) == CHK_DER_CONTEXT(0) ||
	       chk_der_at_end(&der);
}

/*
 * 6.1.5 (g). Which policies are in force is not worked out yet: a demand for
 * explicit ones is refused, since ignoring it could trust too much.
 */
static void check_policies(const struct chk_search *search,
			   const struct chk_node *top,
			   struct chk_defects *defects)
{
	for (const struct chk_node *node = top; node; node = node->below) {
		if (demands_policy(node->link.cert))
			chk_defects_add(defects, (struct chk_defect){
				.rule = CHK_RULE_POLICY,
				.cert = node->link.cert,
			});
	}
}

/* The cheapest first. */
static void (*const PATH_RULES[])(const struct chk_search *,
				  const struct chk_node *,
				  struct chk_defects *) = {
	check_policies,
};

void chk_path_rules_check(const struct chk_search *search,
			  const struct chk_node *top,
			  struct chk_defects *defects)
{
	for (size_t i = 0; i < CHK_COUNT(PATH_RULES); i++)
		PATH_RULES[i](search, top, defects);
}
