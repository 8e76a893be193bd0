using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Predicting;

/// <summary>Whether answers are kept; section <c>AnswerCache</c>.</summary>
public sealed class AnswerCacheOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "AnswerCache";

    /// <summary>Most memory for answers to texts, in bytes; the longest unused go first. 0, the default: every text is embedded.</summary>
    [Range(0, 1L << 40)]
    public long MaxBytes { get; set; }
}
