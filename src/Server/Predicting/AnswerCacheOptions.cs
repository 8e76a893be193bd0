using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Predicting;

/// <summary>Cache of answers; section <c>AnswerCache</c>.</summary>
public sealed class AnswerCacheOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "AnswerCache";

    /// <summary>Most memory for cached answers, in bytes; the least recently used are evicted first. 0, the default: no cache.</summary>
    [Range(0, 1L << 40)]
    public long MaxBytes { get; set; }
}
