using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Tests.Fuzzing;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>F12: the scan of a message finds the memory of its objects and the lists that are too long, for every field.</summary>
public sealed class MessageScanTests
{
    private const int Elements = 20_000;

    public static TheoryData<string> Requests() =>
    [
        .. ContractServices.All
            .SelectMany(static service => service.Methods)
            .Select(static method => method.InputType.FullName).Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Run_ManyElementsInAnyList_KnowsTheMemoryAndTheLimit(string type)
    {
        MessageDescriptor request = Find(type);
        foreach (FieldDescriptor[] path in Lists(request, []))
        {
            byte[] message = Fill(request, path);
            long before = GC.GetAllocatedBytesForCurrentThread();
            IMessage parsed = request.Parser.ParseFrom(message);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            (long bytes, ViolationList? violations) = MessageScan.Run(new ReadOnlySequence<byte>(message), MessageShape.Of(request));

            string place = string.Join('.', path.Select(static field => field.Name));
            Assert.True(
                allocated > Elements && bytes >= allocated / 2 && bytes <= 4 * allocated,
                $"{place}: {bytes} computed, {allocated} allocated");
            string[] expected = [.. ListViolations(RequestLimits.Check(parsed))];
            Assert.Equal(expected, ListViolations(violations));
        }
    }

    [Fact]
    public void Run_MessagesOfTheFuzzer_FindsNoViolationThatTheCheckOfTheRequestDoesNot()
    {
        MessageFuzzer fuzzer = new(77);
        foreach (MessageDescriptor request in Requests().Select(static row => Find(row.Data)))
        {
            for (int round = 0; round < 40; round++)
            {
                byte[] message = fuzzer.Bytes(request, usesNames: false);
                (long bytes, ViolationList? violations) = MessageScan.Run(Segments(message, 7), MessageShape.Of(request));
                Assert.True(bytes >= MessageShape.Of(request).ObjectBytes);
                try
                {
                    ViolationList? check = RequestLimits.Check(request.Parser.ParseFrom(message));
                    if (check?.Omitted > 0)
                    {
                        // The check keeps the first violations only.
                        continue;
                    }

                    string[] expected = [.. ListViolations(check)];
                    Assert.All(ListViolations(violations), violation => Assert.Contains(violation, expected));
                }
                catch (InvalidProtocolBufferException)
                {
                    // The scan ended too, without an exception.
                }
            }
        }
    }

    [Fact]
    public void Run_ListFieldWithAnotherWireType_IsAnUnknownField()
    {
        // assign_labels of StartFitRequest as numbers: the parser keeps no label.
        byte[] value = [(StartFitRequest.AssignLabelsFieldNumber << 3) | 0, 1];
        byte[] message = [.. Enumerable.Repeat(value, 17).SelectMany(static bytes => bytes)];

        (_, ViolationList? violations) = MessageScan.Run(new ReadOnlySequence<byte>(message), MessageShape.Of(StartFitRequest.Descriptor));

        Assert.Empty(StartFitRequest.Parser.ParseFrom(message).AssignLabels);
        Assert.Null(violations);
    }

    [Fact]
    public void Run_SegmentsOfAnySize_GivesTheSameResult()
    {
        byte[] message = Fill(StartFitRequest.Descriptor, [.. Lists(StartFitRequest.Descriptor, []).Last()]);
        var shape = MessageShape.Of(StartFitRequest.Descriptor);

        (long whole, ViolationList? violations) = MessageScan.Run(new ReadOnlySequence<byte>(message), shape);

        Assert.All(
            [1, 2, 3, 1000],
            size => Assert.Equal((whole, violations?.ToString()), Text(MessageScan.Run(Segments(message, size), shape))));
    }

    private static (long Bytes, string? Violations) Text((long Bytes, ViolationList? Violations) result) =>
        (result.Bytes, result.Violations?.ToString());

    private static MessageDescriptor Find(string type) => ContractServices.All
        .SelectMany(static service => service.Methods)
        .First(method => method.InputType.FullName == type)
        .InputType;

    private static IEnumerable<string> ListViolations(ViolationList? violations) => (violations?.Items ?? [])
        .Where(static violation => violation.Description.EndsWith(" given", StringComparison.Ordinal)
            && violation.Description.Contains(" elements, ", StringComparison.Ordinal))
        .Select(static violation => $"{violation.Field}: {violation.Description} ({violation.Reason})");

    /// <summary>Returns the paths to all lists of a type through nested messages; the elements of lists have one element each.</summary>
    private static IEnumerable<FieldDescriptor[]> Lists(MessageDescriptor type, FieldDescriptor[] above)
    {
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            FieldDescriptor[] path = [.. above, field];
            if (field.IsRepeated)
            {
                yield return path;
            }

            if (field.FieldType == FieldType.Message && !field.IsMap && path.Length < 6)
            {
                foreach (FieldDescriptor[] below in Lists(field.MessageType, path))
                {
                    yield return below;
                }
            }
        }
    }

    private static byte[] Fill(MessageDescriptor type, ReadOnlySpan<FieldDescriptor> path)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
        {
            FieldDescriptor field = path[0];
            if (path.Length > 1)
            {
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(Fill(field.MessageType, path[1..])));
            }
            else if (field.FieldType is not (FieldType.Message or FieldType.String or FieldType.Bytes))
            {
                int width = field.FieldType is FieldType.Float ? 4 : field.FieldType is FieldType.Double ? 8 : 1;
                output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(new byte[Elements * width]));
            }
            else
            {
                for (int index = 0; index < Elements; index++)
                {
                    output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(field.IsMap ? Entry(field.MessageType, index) : ByteString.Empty);
                }
            }
        }

        Assert.NotNull(type);
        return bytes.ToArray();
    }

    private static ByteString Entry(MessageDescriptor entry, int index)
    {
        IMessage message = entry.FindFieldByNumber(1).FieldType == FieldType.String
            ? new Google.Protobuf.WellKnownTypes.StringValue { Value = FormattableString.Invariant($"{index}") }
            : new Google.Protobuf.WellKnownTypes.Int32Value { Value = index };
        return message.ToByteString();
    }

    private static ReadOnlySequence<byte> Segments(byte[] bytes, int size)
    {
        Segment first = new(bytes.AsMemory(0, Math.Min(size, bytes.Length)), 0);
        Segment last = first;
        for (int start = size; start < bytes.Length; start += size)
        {
            last = last.Append(bytes.AsMemory(start, Math.Min(size, bytes.Length - start)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long start)
        {
            Memory = memory;
            RunningIndex = start;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
