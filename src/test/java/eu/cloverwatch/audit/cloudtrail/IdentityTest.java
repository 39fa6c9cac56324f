package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.ActorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'IAMUser','userName':'anna','arn':'arn:aws:iam::1:user/x/anna','principalId':'AIDA'} | EMPLOYEE | anna",
                "{'type':'IAMUser','userName':'anna','invokedBy':'AWS Internal'} | EMPLOYEE | anna",
                "{'type':'IAMUser','arn':'arn:aws:iam::1:user/x/anna'} | EMPLOYEE | anna",
                "{'type':'IAMUser','principalId':'AIDA','accountId':'1'} | EMPLOYEE | AIDA",
                "{'type':'IAMUser','userName':'HIDDEN_DUE_TO_SECURITY_REASONS','accountId':'1'} | EMPLOYEE | 1",
                "{'type':'Root','userName':'our-company','arn':'arn:aws:iam::1:root','accountId':'1'} | EMPLOYEE | root:1",
                "{'type':'AssumedRole','arn':'arn:aws:sts::1:assumed-role/Admin/ben@example.org','principalId':'AROA:other'}"
                        + " | EMPLOYEE | ben@example.org",
                "{'type':'AssumedRole','principalId':'AROA:ben'} | EMPLOYEE | ben",
                "{'type':'AssumedRole','sessionContext':{'sessionIssuer':{'userName':'Admin'}}} | EMPLOYEE | Admin",
                "{'type':'AssumedRole','arn':'arn:aws:sts::1:assumed-role/R/i-1','invokedBy':'inspector2.amazonaws.com'}"
                        + " | EMPLOYEE | i-1",
                "{'type':'FederatedUser','arn':'arn:aws:sts::1:federated-user/Cleo'} | EMPLOYEE | Cleo",
                "{'type':'SAMLUser','userName':'dora','identityProvider':'idp'} | EMPLOYEE | dora",
                "{'type':'WebIdentityUser','userName':'eve'} | EMPLOYEE | eve",
                "{'type':'IdentityCenterUser','onBehalfOf':{'userId':'u-1'},'accountId':'1'} | EMPLOYEE | u-1",
                "{'type':'AWSService','invokedBy':'inspector2.amazonaws.com'} | SERVICE | inspector2.amazonaws.com",
                "{'accountId':'1','invokedBy':'ec2.amazonaws.com'} | SERVICE | ec2.amazonaws.com",
                "{'userName':'fay','invokedBy':'ec2.amazonaws.com'} | UNKNOWN | fay",
                "{'type':'AWSAccount','principalId':'','accountId':'ANONYMOUS_PRINCIPAL'} | UNKNOWN | ANONYMOUS_PRINCIPAL",
                "{'type':'SomethingNew','principalId':'P'} | UNKNOWN | P",
                "{'type':null,'userName':7} | UNKNOWN | unidentified",
                "{} | UNKNOWN | unidentified",
                "null | UNKNOWN | unidentified",
                "'a text' | UNKNOWN | unidentified",
                "['a','list'] | UNKNOWN | unidentified",
            })
    void people_services_and_nobody_are_told_apart(String json, ActorType type, String id) throws Exception {
        assertThat(Identity.of(Json.MAPPER.readTree(json.replace('\'', '"')))).isEqualTo(new Identity(type, id));
    }
}
