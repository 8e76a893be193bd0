namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Progress of a fit.</summary>
/// <param name="Stage">Running stage.</param>
/// <param name="Fraction">Fraction of the stage that is done, 0 to 1.</param>
public readonly record struct FitProgress(FitStage Stage, double Fraction);
