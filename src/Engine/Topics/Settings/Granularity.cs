namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Which number of topics an automatic fit prefers when its layouts agree at more than one.</summary>
public enum Granularity
{
    /// <summary>The size of the smallest cluster at which layouts agree most.</summary>
    Auto,

    /// <summary>The best size that gives at most two thirds of the topics of <see cref="Auto"/>.</summary>
    Coarse,

    /// <summary>The best size that gives at least one and a half times the topics of <see cref="Auto"/>.</summary>
    Fine,
}
