namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Change of a topic between two models.</summary>
public enum TopicChange
{
    /// <summary>One topic continues as one topic.</summary>
    Kept,

    /// <summary>A topic became several topics, or a part of it became a topic.</summary>
    Split,

    /// <summary>Several topics became one topic, or a topic became a part of another.</summary>
    Merged,

    /// <summary>The older model has no similar topic.</summary>
    Added,

    /// <summary>The newer model has no similar topic.</summary>
    Removed,
}
