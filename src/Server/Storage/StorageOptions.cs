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

    /// <summary>
    /// Free bytes that documents, fits and imports must leave on the disk of the data folder, so that labels, policies and publications
    /// continue when the disk is full. At most a twentieth of the file system is used. Default 64 MiB; 0: none.
    /// </summary>
    [Range(typeof(long), "0", "1099511627776")]
    public long MinFreeBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes that the file <c>RESERVE</c> occupies until the disk is full. They are then released for labels, policies and publications,
    /// and reserved again when space is free. At most a twentieth of the file system is used. Default 16 MiB; 0: none.
    /// </summary>
    [Range(typeof(long), "0", "1099511627776")]
    public long ReserveBytes { get; set; } = 16L << 20;

    /// <summary>
    /// Bytes of all files in the data folder; beyond the limit, documents, fits and imports are rejected with LIMIT_REACHED.
    /// Default 0: no limit.
    /// </summary>
    [Range(typeof(long), "0", "1125899906842624")]
    public long MaxBytes { get; set; }
}
