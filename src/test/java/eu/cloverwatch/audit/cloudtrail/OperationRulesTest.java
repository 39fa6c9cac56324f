package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRulesTest {

    @ParameterizedTest
    @CsvSource({
        "GetObject, READ",
        "HeadObject, READ",
        "ListUsers, READ",
        "DescribeInstances, READ",
        "LookupEvents, READ",
        "SelectObjectContent, READ",
        "Query, READ",
        "Scan, READ",
        "Decrypt, READ",
        "FilterLogEvents, READ",
        "BatchGetItem, READ",
        "TransactGetItems, READ",
        "AdminGetUser, READ",
        "StartQueryExecution, READ",
        "GetFunction20150331v2, READ",
        "getItem, READ",
        "InitiateThing, WRITE",
        "PutObject, WRITE",
        "CreateSecret, WRITE",
        "UpdateItem, WRITE",
        "BatchWriteItem, WRITE",
        "UploadPart, WRITE",
        "CompleteMultipartUpload, WRITE",
        "RestoreDBInstanceFromDBSnapshot, WRITE",
        "CreateSnapshot, WRITE",
        "DeleteObjects, DELETE",
        "TerminateInstances, DELETE",
        "RemoveTags, DELETE",
        "AdminDeleteUser, DELETE",
        "ScheduleKeyDeletion, DELETE",
        "EndSecretVersionDelete, DELETE",
        "DeleteBucketReplication, DELETE",
        "CopyObject, REPLICATE",
        "CopyDBSnapshot, REPLICATE",
        "UploadPartCopy, REPLICATE",
        "ReplicateSecretToRegions, REPLICATE",
        "PutBucketReplication, REPLICATE",
        "CreateGlobalTable, REPLICATE",
        "CreateDBInstanceReadReplica, REPLICATE",
        "StartReplicationTask, REPLICATE",
        "StartExportTask, EXPORT",
        "ExportTableToPointInTime, EXPORT",
        "CreateInstanceExportTask, EXPORT",
        "ModifySnapshotAttribute, EXPORT",
        "ModifyDBSnapshotAttribute, EXPORT",
        "SharedSnapshotVolumeCreated, EXPORT",
    })
    void a_name_tells_what_a_call_does(String name, Operation expected) {
        assertThat(OperationRules.operationOf(name, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "GetBucketReplication, READ",
        "DescribeExportTasks, READ",
        "ListExports, READ",
        "CancelExportTask, WRITE",
        "CancelKeyDeletion, WRITE",
        "StopReplicationTask, WRITE",
        "DescribeSnapshotAttribute, READ",
        "DeleteSnapshot, DELETE",
        "ImportTable, WRITE",
    })
    void naming_a_thing_is_not_doing_it(String name, Operation expected) {
        assertThat(OperationRules.operationOf(name, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "AssumeRole, true, READ", "AssumeRole, false, WRITE", "Encrypt, true, READ", "Invoke, false, WRITE",
        "PutObject, true, WRITE", "GetObject, false, READ", "'', false, WRITE", "???, true, READ",
    })
    void the_record_itself_decides_only_for_names_that_no_rule_knows(
            String name, boolean readOnly, Operation expected) {
        assertThat(OperationRules.operationOf(name, readOnly)).isEqualTo(expected);
    }
}
