namespace TopicGrpc.Client.Corpora;

/// <summary>State of the stored documents of a corpus.</summary>
public enum CorpusState
{
    /// <summary>A state that this client does not know.</summary>
    Unknown = 0,

    /// <summary>No damage is known.</summary>
    Ready,

    /// <summary>Stored documents are damaged or missing. Calls that need them fail; other corpora are not affected.</summary>
    Damaged,
}
