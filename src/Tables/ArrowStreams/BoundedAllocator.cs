using System.Buffers;
using Apache.Arrow.Memory;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>Allocates the buffers of record batches against a budget: compressed buffers state their size themselves.</summary>
internal sealed class BoundedAllocator(BufferBudget budget) : MemoryAllocator
{
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        budget.Take(length, "a record batch");
        bytesAllocated = length;
        return new Owner(new byte[length], budget);
    }

    private sealed class Owner(byte[] bytes, BufferBudget budget) : IMemoryOwner<byte>
    {
        private bool _isReturned;

        public Memory<byte> Memory { get; } = bytes;

        public void Dispose()
        {
            if (!_isReturned)
            {
                _isReturned = true;
                budget.Return(Memory.Length);
            }
        }
    }
}
