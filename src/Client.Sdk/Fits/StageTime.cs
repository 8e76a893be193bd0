namespace TopicGrpc.Client.Fits;

/// <summary>Time of a stage.</summary>
/// <param name="Stage">Stage.</param>
/// <param name="Elapsed">Time.</param>
/// <param name="DocumentsPerSecond">Documents per second; for the embedding stage, of those embedded. 0 if no time was measured.</param>
public readonly record struct StageTime(FitStage Stage, TimeSpan Elapsed, double DocumentsPerSecond = 0);
