namespace TopicGrpc.Client.Operations;

/// <summary>An operation on the topics of a version. It makes a new version; the parent version does not change.</summary>
public abstract record VersionOperation
{
    private protected VersionOperation()
    {
    }
}
