namespace TopicGrpc.Server.Members;

/// <summary>Kinds of rows that members have copies of. A subject of a change is a kind, a slash and the id of a row.</summary>
internal static class ChangeKinds
{
    /// <summary>A model with its versions, labels and traffic policy; the id is that of the model.</summary>
    public const string Model = "model";

    /// <summary>A corpus without its documents.</summary>
    public const string Corpus = "corpus";

    /// <summary>The running erasures of a corpus, and the id of its log; the id is that of the corpus.</summary>
    public const string Erasure = "erasure";

    /// <summary>An API key, except the time of its last use.</summary>
    public const string Key = "key";
}
