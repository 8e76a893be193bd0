using System.IO.MemoryMappedFiles;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Stages;

/// <summary>A matrix in a memory-mapped temporary file, as a server holds vectors: its pages are not private memory.</summary>
internal sealed class MappedRows : IDisposable
{
    private readonly FileStream _stream;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Creates a matrix of zeros.</summary>
    public MappedRows(int rows, int columns)
    {
        int length = checked(rows * columns);
        _stream = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        _file = MemoryMappedFile.CreateFromFile(
            _stream,
            mapName: null,
            (long)length * sizeof(float),
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: true);
        _view = _file.CreateViewAccessor();
        Rows = new Matrix(rows, columns, NativeValues<float>.Of(_view.SafeMemoryMappedViewHandle.DangerousGetHandle(), length));
    }

    /// <summary>The matrix; valid until disposal.</summary>
    public Matrix Rows { get; }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        _stream.Dispose();
    }
}
