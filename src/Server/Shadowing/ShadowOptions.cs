using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Copies of texts for shadow versions; section <c>Shadows</c>.</summary>
public sealed class ShadowOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Shadows";

    /// <summary>Copies that may wait, over all models; further copies are dropped and counted. Default 256.</summary>
    [Range(1, 100_000)]
    public int MaxQueue { get; set; } = 256;
}
