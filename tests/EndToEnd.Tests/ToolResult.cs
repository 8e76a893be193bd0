using System.Text.Json.Nodes;

namespace TopicGrpc.EndToEnd.Tests;

/// <summary>What a process left.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Standard output of a run that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit {ExitCode}: {Errors}");
        return Output;
    }

    public JsonNode Json() => JsonNode.Parse(Succeeded())!;
}
