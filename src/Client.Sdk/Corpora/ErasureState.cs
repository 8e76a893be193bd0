namespace TopicGrpc.Client.Corpora;

/// <summary>Progress of an erasure.</summary>
public enum ErasureState
{
    /// <summary>A state that this client does not know.</summary>
    Unknown = 0,

    /// <summary>The documents are hidden. The server removes their bytes.</summary>
    Running,

    /// <summary>No file of the server contains the documents, except those in <see cref="ErasureInfo.Unexamined"/>.</summary>
    Succeeded,
}
