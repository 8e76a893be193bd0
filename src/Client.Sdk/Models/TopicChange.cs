namespace TopicGrpc.Client.Models;

/// <summary>Change of a topic between two versions.</summary>
public enum TopicChange
{
    /// <summary>A value that this client does not know.</summary>
    Unknown,

    /// <summary>The topic continues as one topic.</summary>
    Kept,

    /// <summary>A topic became several topics, or a part of it became a topic.</summary>
    Split,

    /// <summary>Several topics became one, or a topic became part of another.</summary>
    Merged,

    /// <summary>No topic of the older version matches.</summary>
    Added,

    /// <summary>No topic of the newer version matches.</summary>
    Removed,
}
