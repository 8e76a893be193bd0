namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>What became of a topic from one model to another.</summary>
public enum TopicChange
{
    /// <summary>One topic goes on as one.</summary>
    Kept,

    /// <summary>A topic became several, or a part of it is a topic of its own.</summary>
    Split,

    /// <summary>Several topics became one, or a topic is a part of another.</summary>
    Merged,

    /// <summary>Nothing before is like it.</summary>
    Added,

    /// <summary>Nothing now is like it.</summary>
    Removed,
}
