namespace TopicGrpc.Client.Operations;

/// <summary>An operation on the topics of a version; it makes a new version, and the one it starts from stays as it is.</summary>
public abstract record VersionOperation
{
    private protected VersionOperation()
    {
    }
}
