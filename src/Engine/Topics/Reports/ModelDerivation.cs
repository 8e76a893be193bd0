namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Where a model that was not fitted comes from; written by who keeps the models.</summary>
/// <param name="Parent">Name of the model it started from.</param>
/// <param name="Operation">BERTopic's name of the operation.</param>
/// <param name="Settings">Settings of the operation as JSON.</param>
public sealed record ModelDerivation(string Parent, string Operation, string Settings);
