using System.Buffers.Binary;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Reads the header of a safetensors file: eight bytes with its length, and JSON with type, shape and offsets of every tensor. The values
/// behind it are read tensor by tensor, after their shape was checked. No content of the file makes the reader allocate more than the size
/// of the file. Format: README of the <c>safetensors</c> project.
/// </summary>
internal static class SafetensorsReader
{
    private const int LengthBytes = 8;
    private const string Metadata = "__metadata__";

    /// <summary>Models of BERTopic have only a few tensors. The format itself allows 100 MB.</summary>
    private const long MaxHeaderBytes = 1 << 20;

    /// <exception cref="InvalidDataException">The file is missing, too large or invalid. The message names it.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(ForeignFolder folder, string file)
    {
        using IStoredFile content = folder.Open(file, ForeignFolder.MaxTensorBytes);
        byte[] header = ReadHeader(content, file);
        long start = LengthBytes + header.Length;
        Dictionary<string, StoredTensor> tensors = new(StringComparer.Ordinal);
        foreach ((string name, ForeignJson entry) in ForeignJson.Parse(file, header).Members())
        {
            if (name != Metadata)
            {
                tensors[name] = ReadTensor(new TensorSource(folder, file, start, content.Length - start), entry);
            }
        }

        return tensors;
    }

    private static byte[] ReadHeader(IStoredFile content, string file)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        ulong length = content.Read(prefix, 0) < LengthBytes ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        byte[] header = length <= MaxHeaderBytes && length <= (ulong)(content.Length - LengthBytes) ? new byte[length] : [];
        return header.Length > 0 && content.Read(header, LengthBytes) == header.Length
            ? header
            : throw new InvalidDataException($"{file} is not a safetensors file: it has {content.Length} bytes and an invalid length of "
                + "its header.");
    }

    private static StoredTensor ReadTensor(TensorSource source, ForeignJson entry)
    {
        ForeignJson typeField = entry.Member("dtype");
        TensorType? type = typeField.Text() switch
        {
            "I32" => TensorType.Int32,
            "F32" => TensorType.Single,
            "F64" => TensorType.Double,
            "I64" => TensorType.Int64,
            _ => null,
        };
        if (type is null)
        {
            throw typeField.Wrong("I32, I64, F32 or F64");
        }

        int most = (int)source.Length;
        long[] shape = [.. entry.Member("shape").Items().Select(item => item.Whole(0, int.MaxValue))];
        ForeignJson placeField = entry.Member("data_offsets");
        long[] place = [.. placeField.Items().Select(item => item.Whole(0, most))];
        Int128 size = Tensor.SizeOf(type.Value);
        foreach (long extent in shape)
        {
            // Each factor is below 2^31, and the product stops growing when it exceeds the file, so it cannot overflow.
            size = size > most ? size : size * extent;
        }

        return place.Length == 2 && place[1] >= place[0] && place[1] - place[0] == size
            ? new StoredTensor(source.Range(place[0], place[1]), type.Value, shape)
            : throw placeField.Wrong("a range of as many bytes as the shape requires");
    }
}
