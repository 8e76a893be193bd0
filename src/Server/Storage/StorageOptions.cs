using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Storage;

/// <summary>Data folder of the server; section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Storage";

    /// <summary>
    /// Data folder, created if missing; relative to the working directory. One server at a time uses it. Default <c>data</c>.
    /// </summary>
    [Required]
    public string Directory { get; set; } = "data";
}
