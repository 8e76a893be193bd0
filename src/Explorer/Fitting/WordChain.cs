using System.Text.Json.Nodes;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>A list of words for every topic, and the methods that choose them, in their order.</summary>
public sealed class WordChain
{
    /// <summary>Name of an aspect; the main words have none.</summary>
    public string Name { get; set; } = "";

    /// <summary>Steps in their order.</summary>
    public IList<WordStep> Steps { get; } = [];

    /// <summary>Returns the chain with the keys of a settings file.</summary>
    public JsonArray ToNode() => new([.. Steps.Select(static step => step.ToNode())]);
}
