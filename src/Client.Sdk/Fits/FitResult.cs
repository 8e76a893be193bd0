namespace TopicGrpc.Client.Fits;

/// <summary>What a successful fit made.</summary>
/// <param name="Fit">Id of the fit.</param>
/// <param name="Model">Model.</param>
/// <param name="Version">Version made.</param>
/// <param name="Report">What the fit did.</param>
public sealed record FitResult(string Fit, string Model, long Version, FitReport Report);
