namespace TopicGrpc.Client.Models;

/// <summary>What became of a topic from one version to another.</summary>
public enum TopicChange
{
    /// <summary>Something that this client does not know.</summary>
    Unknown,

    /// <summary>One topic goes on as one.</summary>
    Kept,

    /// <summary>A topic became several, or a part of it is a topic of its own.</summary>
    Split,

    /// <summary>Several topics became one, or a topic is a part of another.</summary>
    Merged,

    /// <summary>Nothing in the older version is like it.</summary>
    Added,

    /// <summary>Nothing in the newer version is like it.</summary>
    Removed,
}
