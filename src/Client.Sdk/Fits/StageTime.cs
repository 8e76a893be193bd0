namespace TopicGrpc.Client.Fits;

/// <summary>Time that a stage took.</summary>
/// <param name="Stage">Stage.</param>
/// <param name="Elapsed">Time.</param>
/// <param name="DocumentsPerSecond">Documents worked on per second; of the embedding stage those embedded. 0 where no time was measured.</param>
public readonly record struct StageTime(FitStage Stage, TimeSpan Elapsed, double DocumentsPerSecond = 0);
