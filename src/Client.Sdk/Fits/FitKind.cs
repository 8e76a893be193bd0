namespace TopicGrpc.Client.Fits;

/// <summary>What a job does.</summary>
public enum FitKind
{
    /// <summary>A kind that this client does not know, or a server without assignments.</summary>
    Unknown = 0,

    /// <summary>Makes a version from a corpus.</summary>
    Fit,

    /// <summary>Makes a version from another version.</summary>
    Derivation,

    /// <summary>Assigns the documents of a corpus to the topics of a version.</summary>
    Assignment,
}
