namespace TopicGrpc.Client.Fits;

/// <summary>Progress of a fit.</summary>
/// <param name="State">State.</param>
/// <param name="Stage">Running stage.</param>
/// <param name="Fraction">Completed share of the stage, 0 to 1.</param>
/// <param name="DocumentsPerSecond">Documents per second of the stage; 0 if unknown.</param>
public readonly record struct FitProgress(FitState State, FitStage Stage, double Fraction, double DocumentsPerSecond);
