using System.Globalization;

namespace TopicGrpc.Server.Storage;

/// <summary>The parts of a data folder. Says nothing about whether they exist.</summary>
/// <param name="Root">Full path of the folder.</param>
internal sealed record DataPaths(string Root)
{
    /// <summary>Path of the metadata database.</summary>
    public string Database => Path.Combine(Root, "meta.db");

    /// <summary>Path of the file with the id of the folder.</summary>
    public string Identity => Path.Combine(Root, "FOLDER");

    /// <summary>Path of the file that exists if the metadata is in another database than <see cref="Database"/>.</summary>
    public string ExternalDatabase => Path.Combine(Root, "METADATA");

    /// <summary>Path of the file with the documents that a fit is embedding.</summary>
    public string Running => Path.Combine(Root, "RUNNING");

    /// <summary>One folder per corpus.</summary>
    public string Corpora => Path.Combine(Root, "corpora");

    /// <summary>One folder per model.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>Points of maps, which are computed again if they are missing.</summary>
    public string Maps => Path.Combine(Root, "maps");

    /// <summary>Files of the audit log.</summary>
    public string Audit => Path.Combine(Root, "audit");

    /// <summary>Incomplete files and folders; emptied at startup.</summary>
    public string Staging => Path.Combine(Root, "staging");

    /// <summary>Folders that are damaged or that the database does not refer to.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Returns the folder of a corpus.</summary>
    public string Corpus(string id) => Path.Combine(Corpora, id);

    /// <summary>Returns the folder with the versions of a model.</summary>
    public string Versions(string modelId) => Path.Combine(Models, modelId, "versions");

    /// <summary>Returns the folder of a version.</summary>
    public string Version(string modelId, long number) =>
        Path.Combine(Versions(modelId), number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns a path relative to the folder, with <c>/</c> between folders.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');
}
