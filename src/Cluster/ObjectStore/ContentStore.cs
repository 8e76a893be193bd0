using System.Buffers;

namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>
/// Immutable contents under keys. A content is written in parts, read back once and verified; every later read verifies the blocks that it
/// returns. The bytes of a key never change, so writing them twice, or late, does no harm. Thread-safe.
/// </summary>
internal sealed class ContentStore(IObjectBackend backend, StoreCalls calls)
{
    /// <summary>Writes a content and verifies what the store holds afterwards. An intact object of this key is left as it is.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="descriptor">Their descriptor.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ObjectStoreException">The store failed, or holds other bytes after every attempt.</exception>
    /// <exception cref="InvalidDataException">The content differs from its descriptor.</exception>
    public async Task PutAsync(string key, IContentSource content, ContentDescriptor descriptor, CancellationToken cancellationToken)
    {
        ObjectKeys.Check(key);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                // Also after an error of the last attempt: the store may have completed the upload and lost its answer.
                if (await IsIntactAsync(key, descriptor, cancellationToken))
                {
                    return;
                }

                await UploadAsync(key, content, descriptor, cancellationToken);
                await VerifyAsync(key, descriptor, cancellationToken);
                return;
            }
            catch (ObjectStoreException failure) when (attempt < calls.MaxAttempts && failure.Error != ObjectStoreError.Rejected)
            {
                await calls.DelayAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Reads a range of a content and verifies all blocks that it touches.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="descriptor">Descriptor of its content.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="count">Bytes to read, at most <see cref="ContentLayout.PartBytes"/> less one block.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the content, or too long.</exception>
    /// <exception cref="ObjectStoreException">The object is missing or damaged, or the store failed.</exception>
    public async Task<byte[]> ReadAsync(
        string key, ContentDescriptor descriptor, long offset, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ContentLayout.PartBytes - ContentLayout.BlockBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, descriptor.Length - count);
        byte[] result = GC.AllocateUninitializedArray<byte>(count);
        if (count == 0)
        {
            return result;
        }

        long first = offset / ContentLayout.BlockBytes * ContentLayout.BlockBytes;
        long end = Math.Min(
            descriptor.Length,
            (offset + count + ContentLayout.BlockBytes - 1) / ContentLayout.BlockBytes * ContentLayout.BlockBytes);
        await TransferAsync(
            key,
            descriptor,
            first,
            (int)(end - first),
            bytes => bytes.Slice((int)(offset - first), count).CopyTo(result),
            cancellationToken);
        return result;
    }

    /// <summary>Reads a small content into memory and verifies it.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="descriptor">Descriptor of its content.</param>
    /// <param name="maxBytes">Longest content that is read.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidDataException">The content is longer.</exception>
    /// <exception cref="ObjectStoreException">The object is missing or damaged, or the store failed.</exception>
    public async Task<byte[]> ReadAllAsync(string key, ContentDescriptor descriptor, int maxBytes, CancellationToken cancellationToken)
    {
        if (descriptor.Length > maxBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{key} has {descriptor.Length} bytes; the limit is {maxBytes}."));
        }

        byte[] result = GC.AllocateUninitializedArray<byte>((int)descriptor.Length);
        await CopyAsync(key, descriptor, (bytes, offset) => bytes.CopyTo(result.AsSpan((int)offset)), cancellationToken);
        return result;
    }

    /// <summary>Reads an object whose content has a hash of its own, which the caller verifies; it needs no descriptor.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="length">Length of the object in bytes.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The bytes, not verified.</returns>
    /// <exception cref="ObjectStoreException">The object is missing, or the store failed.</exception>
    public async Task<byte[]> ReadSealedAsync(string key, int length, CancellationToken cancellationToken)
    {
        byte[] result = GC.AllocateUninitializedArray<byte>(length);
        await calls.RunAsync(key, token => backend.ReadAsync(key, 0, result, token), cancellationToken);
        return result;
    }

    /// <summary>Reads a content in parts, several at the same time, and verifies each part before it is passed on.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="descriptor">Descriptor of its content.</param>
    /// <param name="receive">Receives each part and its offset, in any order and on several threads.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ObjectStoreException">The object is missing or damaged, or the store failed.</exception>
    public Task CopyAsync(
        string key, ContentDescriptor descriptor, ReceivePart receive, CancellationToken cancellationToken) =>
        EachPartAsync(
            descriptor.Length,
            (index, token) =>
            {
                long offset = (long)index * ContentLayout.PartBytes;
                int count = ContentLayout.PartLength(descriptor.Length, index);
                return TransferAsync(key, descriptor, offset, count, bytes => receive(bytes, offset), token);
            },
            cancellationToken);

    /// <summary>Reads a content and compares it with its descriptor.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="descriptor">Descriptor of its content.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ObjectStoreException">The object is missing or damaged, or the store failed.</exception>
    public async Task VerifyAsync(string key, ContentDescriptor descriptor, CancellationToken cancellationToken)
    {
        long? length = await FindLengthAsync(key, cancellationToken);
        if (length is null)
        {
            throw ObjectStoreException.Missing(key);
        }

        if (length != descriptor.Length)
        {
            throw new ObjectStoreException(
                ObjectStoreError.Damaged,
                key,
                FormattableString.Invariant($"The object {key} has {length} bytes; its descriptor lists {descriptor.Length}."));
        }

        await CopyAsync(key, descriptor, static (_, _) => { }, cancellationToken);
    }

    /// <summary>Returns the length of an object; null if it does not exist.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken) =>
        calls.RunAsync(key, token => backend.FindLengthAsync(key, token), cancellationToken);

    /// <summary>Lists objects in ordinal order.</summary>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="after">Key after which the page starts; null for the first page.</param>
    /// <param name="limit">Most objects of the page, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        calls.RunAsync(prefix, token => backend.ListAsync(prefix, after, limit, token), cancellationToken);

    /// <summary>Deletes an object. A missing object is no error.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        calls.RunAsync(ObjectKeys.Check(key), token => backend.DeleteAsync(key, token), cancellationToken);

    /// <summary>Lists at most 1,000 uploads that were begun and not completed.</summary>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken) =>
        calls.RunAsync(prefix, token => backend.ListUnfinishedAsync(prefix, token), cancellationToken);

    /// <summary>Removes the parts of an upload that was not completed.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) =>
        calls.RunAsync(upload.Key, token => backend.AbortAsync(upload, token), cancellationToken);

    private async Task<bool> IsIntactAsync(string key, ContentDescriptor descriptor, CancellationToken cancellationToken)
    {
        if (await FindLengthAsync(key, cancellationToken) != descriptor.Length)
        {
            return false;
        }

        try
        {
            await CopyAsync(key, descriptor, static (_, _) => { }, cancellationToken);
            return true;
        }
        catch (ObjectStoreException failure) when (failure.Error is ObjectStoreError.Damaged or ObjectStoreError.Missing)
        {
            return false;
        }
    }

    private async Task UploadAsync(string key, IContentSource content, ContentDescriptor descriptor, CancellationToken cancellationToken)
    {
        await using IObjectUpload upload =
            await calls.RunAsync(key, token => backend.BeginAsync(key, descriptor.Length, token), cancellationToken);
        await EachPartAsync(
            descriptor.Length,
            (index, token) => calls.RunAsync(key, attempt => WritePartAsync(upload, key, content, descriptor, index, attempt), token),
            cancellationToken);

        // One attempt: a store that completed the upload answers a second call with an error. The caller reads the object instead.
        await calls.AttemptAsync(
            key,
            async token =>
            {
                await upload.CompleteAsync(token);
                return true;
            },
            cancellationToken);
    }

    private static async Task WritePartAsync(
        IObjectUpload upload,
        string key,
        IContentSource content,
        ContentDescriptor descriptor,
        int index,
        CancellationToken cancellationToken)
    {
        long offset = (long)index * ContentLayout.PartBytes;
        int count = ContentLayout.PartLength(descriptor.Length, index);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, count));
        if (content.Read(buffer.AsSpan(0, count), offset) < count || descriptor.FindDamage(buffer.AsSpan(0, count), offset) >= 0)
        {
            throw new InvalidDataException($"The content of {key} changed while it was written.");
        }

        // After an error the client library may still read the buffer, so only a successful call returns it to the pool.
        await upload.WritePartAsync(index, buffer.AsMemory(0, count), cancellationToken);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Reads whole blocks, verifies them, and reads them again if they differ: the transfer may have altered them.</summary>
    private async Task TransferAsync(
        string key,
        ContentDescriptor descriptor,
        long offset,
        int count,
        ReceiveBytes receive,
        CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            long damage = await calls.RunAsync(
                key, token => ReadPartAsync(key, descriptor, offset, count, receive, token), cancellationToken);
            if (damage < 0)
            {
                return;
            }

            if (attempt == calls.MaxAttempts)
            {
                throw ObjectStoreException.Damaged(key, damage);
            }

            await calls.DelayAsync(attempt, cancellationToken);
        }
    }

    private async Task<long> ReadPartAsync(
        string key,
        ContentDescriptor descriptor,
        long offset,
        int count,
        ReceiveBytes receive,
        CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, count));
        await backend.ReadAsync(key, offset, buffer.AsMemory(0, count), cancellationToken);
        long damage = descriptor.FindDamage(buffer.AsSpan(0, count), offset);
        if (damage < 0)
        {
            receive(buffer.AsSpan(0, count));
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return damage;
    }

    /// <summary>Runs work for each part with as many parts in flight as calls are allowed; the first failure stops the others.</summary>
    private async Task EachPartAsync(long length, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        int parts = ContentLayout.Parts(length);
        int next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parts, calls.MaxParallelCalls)).Select(_ => RunAsync()));

        async Task RunAsync()
        {
            try
            {
                for (int index = Interlocked.Increment(ref next); index < parts; index = Interlocked.Increment(ref next))
                {
                    await work(index, stop.Token);
                }
            }
            catch
            {
#pragma warning disable CA1849 // CancelAsync would use another thread; a simulation runs this code on one.
                stop.Cancel();
#pragma warning restore CA1849
                throw;
            }
        }
    }
}
