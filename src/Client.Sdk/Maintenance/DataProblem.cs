namespace TopicGrpc.Client.Maintenance;

/// <summary>Something that a verification found.</summary>
/// <param name="IsError">Whether stored data is damaged or missing; false if nothing is lost.</param>
/// <param name="Subject">Resource name, or path relative to the data folder.</param>
/// <param name="Message">What is wrong.</param>
public sealed record DataProblem(bool IsError, string Subject, string Message);
