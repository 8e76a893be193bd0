namespace TopicGrpc.Server.Models;

/// <summary>Files of a version on this server. They stay until the object is disposed.</summary>
internal interface IVersionFiles : IDisposable
{
    /// <summary>Path of the folder with the files.</summary>
    string Path { get; }

    /// <summary>Differs between two contents of one version; empty if the storage does not know it.</summary>
    string ContentId { get; }
}
