using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>A verified file of an archive, in an array or in native memory.</summary>
internal sealed class ArchivedArray
{
    private readonly string _name;
    private readonly object? _values;
    private readonly ElementType? _native;
    private readonly nint _address;

    /// <summary>Wraps content in managed memory.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="values">
    /// A <c>float[]</c>, <c>double[]</c>, <c>int[]</c> or <c>sbyte[]</c> of rows × columns values, <see cref="LazyStrings"/>, or the
    /// <c>byte[]</c> of a file that is not an array.
    /// </param>
    public ArchivedArray(string name, long rows, long columns, object values)
    {
        _name = name;
        Rows = (int)rows;
        Columns = (int)columns;
        _values = values;
    }

    /// <summary>Wraps numbers in native memory.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="header">Header of the file.</param>
    /// <param name="address">Address of the first value.</param>
    public ArchivedArray(string name, ArrayHeader header, nint address)
    {
        _name = name;
        Rows = (int)header.Rows;
        Columns = (int)header.Columns;
        _native = header.Type;
        _address = address;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Returns the numbers as an array; from native memory, a copy.</summary>
    /// <exception cref="InvalidDataException">The file holds another type of values.</exception>
    public T[] ToArray<T>(ElementType type)
        where T : unmanaged => _native == type ? Native<T>().ToArray() : Values<T[]>();

    /// <summary>Returns the numbers without a copy.</summary>
    /// <exception cref="InvalidDataException">The file holds another type of values.</exception>
    public Memory<T> ToMemory<T>(ElementType type)
        where T : unmanaged => _native == type ? Native<T>() : Values<T[]>();

    /// <summary>Returns a matrix over the numbers, without a copy.</summary>
    /// <exception cref="InvalidDataException">The file holds another type of values.</exception>
    public Matrix ToMatrix() =>
        _native == ElementType.Single ? new Matrix(Rows, Columns, Native<float>()) : new Matrix(Rows, Columns, Values<float[]>());

    /// <summary>Returns the content in managed memory.</summary>
    /// <exception cref="InvalidDataException">The file holds another type of values.</exception>
    public T Values<T>()
        where T : class => _values as T ?? throw new InvalidDataException($"{_name} does not contain {typeof(T).Name} values.");

    private Memory<T> Native<T>()
        where T : unmanaged => NativeValues<T>.Of(_address, Rows * Columns);
}
