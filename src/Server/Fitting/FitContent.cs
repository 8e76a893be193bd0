using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Request and report of a fit. Both may take megabytes, so they are read from the database only when a call needs them.</summary>
/// <param name="Settings">Settings as given; empty for a derivation.</param>
/// <param name="Operation">Operation of a derivation; null for a fit.</param>
/// <param name="Report">Report; null until success.</param>
internal sealed record FitContent(FitSettings Settings, VersionOperation? Operation, FitReport? Report);
