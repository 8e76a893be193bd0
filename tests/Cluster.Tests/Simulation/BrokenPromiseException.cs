namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>A simulation saw what must never happen.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
