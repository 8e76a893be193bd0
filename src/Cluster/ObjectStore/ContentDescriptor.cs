using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>
/// Hashes of a content. A reader that trusts the descriptor verifies each block alone, so it can read a range without the rest.
/// </summary>
/// <param name="Sha256">SHA-256 of the content, 64 lowercase hexadecimal digits.</param>
/// <param name="Length">Length in bytes, 0 to <see cref="ContentLayout.MaxBytes"/>.</param>
/// <param name="Blocks">SHA-256 of each block of <see cref="ContentLayout.BlockBytes"/> bytes; the last block may be shorter.</param>
internal sealed record ContentDescriptor(string Sha256, long Length, ImmutableArray<string> Blocks)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads a content once, in blocks.</summary>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Its descriptor.</returns>
    /// <exception cref="InvalidDataException">The content is longer than the limit, or became shorter during the read.</exception>
    public static ContentDescriptor Describe(IContentSource content, CancellationToken cancellationToken)
    {
        long length = content.Length;
        if (length > ContentLayout.MaxBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"The content has {length} bytes; the limit of an object is {ContentLayout.MaxBytes}."));
        }

        var blocks = ImmutableArray.CreateBuilder<string>(ContentLayout.Blocks(length));
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(ContentLayout.BlockBytes, Math.Max(1, length)));
        try
        {
            for (int index = 0; index < ContentLayout.Blocks(length); index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long offset = (long)index * ContentLayout.BlockBytes;
                Span<byte> block = buffer.AsSpan(0, (int)Math.Min(ContentLayout.BlockBytes, length - offset));
                if (content.Read(block, offset) < block.Length)
                {
                    throw new InvalidDataException("The content became shorter while it was read.");
                }

                whole.AppendData(block);
                blocks.Add(Hash(block));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new ContentDescriptor(Convert.ToHexStringLower(whole.GetHashAndReset()), length, blocks.MoveToImmutable());
    }

    /// <summary>Returns the first block of some bytes that differs from its hash.</summary>
    /// <param name="bytes">Whole blocks; the last block of the content may be shorter.</param>
    /// <param name="offset">Offset of the first byte in the content, a multiple of <see cref="ContentLayout.BlockBytes"/>.</param>
    /// <returns>Offset of the block in the content; -1 if all bytes are as they were.</returns>
    public long FindDamage(ReadOnlySpan<byte> bytes, long offset)
    {
        int first = (int)(offset / ContentLayout.BlockBytes);
        for (int index = 0; index < ContentLayout.Blocks(bytes.Length); index++)
        {
            int start = index * ContentLayout.BlockBytes;
            ReadOnlySpan<byte> block = bytes.Slice(start, Math.Min(ContentLayout.BlockBytes, bytes.Length - start));
            if (!string.Equals(Hash(block), Blocks[first + index], StringComparison.Ordinal))
            {
                return offset + start;
            }
        }

        return -1;
    }

    /// <summary>Throws if the parts of a descriptor that was read from a file or a database do not fit together.</summary>
    /// <exception cref="InvalidDataException">The length is out of range, or the number or form of the hashes is wrong.</exception>
    public void Check()
    {
        if (Length is < 0 or > ContentLayout.MaxBytes || Blocks.IsDefault || Blocks.Length != ContentLayout.Blocks(Length))
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"A content of {Length} bytes is listed with {(Blocks.IsDefault ? 0 : Blocks.Length)} block hashes."));
        }

        if (!IsHash(Sha256) || !Blocks.All(IsHash))
        {
            throw new InvalidDataException("A hash is not 64 lowercase hexadecimal digits.");
        }
    }

    /// <summary>Returns whether a text has the form of a SHA-256 in lowercase hexadecimal digits.</summary>
    public static bool IsHash(string? text) =>
        text is { Length: 64 } && !text.AsSpan().ContainsAnyExcept(HexDigits);

    private static string Hash(ReadOnlySpan<byte> block)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(block, hash);
        return Convert.ToHexStringLower(hash);
    }
}
