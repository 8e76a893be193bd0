namespace TopicGrpc.Engine.Storage;

/// <summary>
/// The calls to the file system that a data folder needs. Models, documents and transfers use nothing else, so that a test can make
/// each call fail. Paths are absolute. A failed call throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// Implementations are thread-safe.
/// </summary>
public interface IFileStorage
{
    /// <summary>Returns whether a file exists.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>True for a file; false for a folder or nothing.</returns>
    bool FileExists(string path);

    /// <summary>Returns whether a folder exists.</summary>
    /// <param name="path">Path of the folder.</param>
    /// <returns>True for a folder; false for a file or nothing.</returns>
    bool FolderExists(string path);

    /// <summary>
    /// Opens a file. A new file is durable after <see cref="IStoredFile.Flush"/> and <see cref="FlushFolder"/> of its folder.
    /// </summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="mode"><see cref="FileMode.Open"/>, <see cref="FileMode.CreateNew"/>, <see cref="FileMode.Create"/> or
    /// <see cref="FileMode.OpenOrCreate"/>.</param>
    /// <param name="access">Reading, writing or both.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="FileNotFoundException">The file is missing and the mode does not create it.</exception>
    IStoredFile Open(string path, FileMode mode, FileAccess access);

    /// <summary>Lists the files of a folder.</summary>
    /// <param name="path">Path of the folder.</param>
    /// <returns>Full paths in ordinal order.</returns>
    IReadOnlyList<string> ListFiles(string path);

    /// <summary>Lists the folders of a folder.</summary>
    /// <param name="path">Path of the folder.</param>
    /// <returns>Full paths in ordinal order.</returns>
    IReadOnlyList<string> ListFolders(string path);

    /// <summary>Creates a folder and the missing folders above it. Their names are durable when the call returns.</summary>
    /// <param name="path">Path of the folder; it may exist.</param>
    void CreateFolder(string path);

    /// <summary>Makes the names in a folder durable.</summary>
    /// <param name="path">Path of the folder.</param>
    void FlushFolder(string path);

    /// <summary>Renames a folder. The new name is durable when the call returns; missing folders above it are created.</summary>
    /// <param name="source">Path of the folder.</param>
    /// <param name="destination">New path on the same file system; it must be free.</param>
    void MoveFolder(string source, string destination);

    /// <summary>Renames a file over another one, which may exist. The new name is durable when the call returns.</summary>
    /// <param name="source">Path of the file.</param>
    /// <param name="destination">New path in the same folder.</param>
    void ReplaceFile(string source, string destination);

    /// <summary>Deletes a file. The deletion is durable after <see cref="FlushFolder"/>.</summary>
    /// <param name="path">Path of the file.</param>
    void DeleteFile(string path);

    /// <summary>Deletes a folder and its content. The deletion is durable after <see cref="FlushFolder"/> of the folder above.</summary>
    /// <param name="path">Path of the folder.</param>
    void DeleteFolder(string path);

    /// <summary>Creates a temporary file without a name.</summary>
    /// <param name="folder">Folder whose disk holds the file.</param>
    /// <param name="length">Length in bytes, 1 or more.</param>
    /// <returns>The file, filled with zeros.</returns>
    IScratchFile CreateScratch(string folder, long length);
}
