namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Duration of one stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Seconds">Seconds.</param>
public readonly record struct StageTime(FitStage Stage, double Seconds);
