namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Where a fit stands.</summary>
/// <param name="Stage">Stage at work.</param>
/// <param name="Fraction">Share of the stage that is done, 0 to 1.</param>
public readonly record struct FitProgress(FitStage Stage, double Fraction);
