namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>Moments of an append at which a test interferes.</summary>
public enum LogStep
{
    BeforeStore,
    AfterStore,
    BeforeAppend,
    AfterAppend,
    BeforeRead,
    BeforeErase,
    AfterErase,
}
