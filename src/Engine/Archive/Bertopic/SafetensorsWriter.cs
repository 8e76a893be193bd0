using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Writes a safetensors file like the reference implementation: tensors by type, widest first, then by name; the header is padded with
/// spaces to a multiple of eight bytes.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write(IFileStorage storage, string path, params Tensor[] tensors)
    {
        Tensor[] ordered = [.. tensors.OrderByDescending(tensor => tensor.Type).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        byte[] header = Encoding.ASCII.GetBytes(Header(ordered));
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        using IStoredFile file = storage.Open(path, FileMode.CreateNew, FileAccess.Write);
        using StoredFileStream stream = new(file, FileAccess.Write);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor tensor in ordered)
        {
            stream.Write(tensor.Data.Span);
        }

        file.Flush();
    }

    private static string Header(Tensor[] tensors)
    {
        // All names and types are constants of plain letters, so nothing needs escaping.
        StringBuilder header = new("{");
        long offset = 0;
        foreach (Tensor tensor in tensors)
        {
            string shape = string.Join(',', tensor.Shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
            header.Append(offset == 0 && header.Length == 1 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"\"{tensor.Name}\":{{\"dtype\":\"{Tensor.CodeOf(tensor.Type)}\",\"shape\":[{shape}],"
                + $"\"data_offsets\":[{offset},{offset + tensor.Data.Length}]}}");
            offset += tensor.Data.Length;
        }

        header.Append('}');
        return header.Append(' ', (Alignment - (header.Length % Alignment)) % Alignment).ToString();
    }
}
