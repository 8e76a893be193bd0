namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Origin of a model that an operation made. The store of the models sets it.</summary>
/// <param name="Parent">Name of the version that the operation started from.</param>
/// <param name="Operation">BERTopic's name of the operation.</param>
/// <param name="Settings">Settings of the operation as JSON.</param>
public sealed record ModelDerivation(string Parent, string Operation, string Settings);
