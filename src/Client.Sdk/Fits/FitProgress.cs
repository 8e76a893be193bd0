namespace TopicGrpc.Client.Fits;

/// <summary>Where a fit stands.</summary>
/// <param name="State">State.</param>
/// <param name="Stage">Stage at work.</param>
/// <param name="Fraction">Share of the stage that is done, 0 to 1.</param>
/// <param name="DocumentsPerSecond">Pace of the stage; 0 when not known.</param>
public readonly record struct FitProgress(FitState State, FitStage Stage, double Fraction, double DocumentsPerSecond);
