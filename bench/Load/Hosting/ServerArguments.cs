namespace TopicGrpc.Load.Hosting;

/// <summary>How a server process is started.</summary>
/// <param name="DataDirectory">Data folder.</param>
/// <param name="Precision"><c>full</c> or <c>fast</c>.</param>
/// <param name="KeepLoaded">Versions without a label that stay in memory.</param>
/// <param name="Port">Port to listen on; 0 for any that is free.</param>
internal sealed record ServerArguments(string DataDirectory, string Precision, int KeepLoaded, int Port = 0);
