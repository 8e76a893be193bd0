namespace TopicGrpc.Client.Fits;

/// <summary>Time that a stage took.</summary>
/// <param name="Stage">Stage.</param>
/// <param name="Elapsed">Time.</param>
public readonly record struct StageTime(FitStage Stage, TimeSpan Elapsed);
