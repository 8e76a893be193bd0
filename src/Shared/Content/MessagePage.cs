using Google.Protobuf;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Content;

/// <summary>One page of a message.</summary>
/// <typeparam name="T">Type of the message.</typeparam>
/// <param name="Message">On the first page the message without the lists left out; on the others elements of these lists alone.</param>
/// <param name="OmittedLists">Lists that the first page leaves out; empty on the others.</param>
/// <param name="NextToken">Token of the next page; empty on the last one.</param>
internal sealed record MessagePage<T>(T Message, IReadOnlyList<OmittedList> OmittedLists, string NextToken)
    where T : IMessage<T>;
