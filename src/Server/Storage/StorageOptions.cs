using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Server.Storage;

/// <summary>Where the server keeps its data; section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Storage";

    /// <summary>Data folder, made when missing; a relative path starts at the working directory. One server at a time may use it. Default <c>data</c>.</summary>
    [Required]
    public string Directory { get; set; } = "data";
}
