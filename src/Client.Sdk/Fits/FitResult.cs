namespace TopicGrpc.Client.Fits;

/// <summary>Result of a successful fit.</summary>
/// <param name="Fit">Id of the fit.</param>
/// <param name="Model">Model.</param>
/// <param name="Version">Number of the new version.</param>
/// <param name="Report">Report of the fit.</param>
public sealed record FitResult(string Fit, string Model, long Version, FitReport Report);
