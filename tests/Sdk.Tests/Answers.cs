using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sdk.Tests;

/// <summary>What a <see cref="ScriptedServer"/> can answer.</summary>
internal static class Answers
{
    public const string Key = "rpd-7hQ2mXc04LbT-not-to-be-seen";
    public const string Number = "+15551234567";

    public static JsonObject Call(params ReadOnlySpan<(string Name, JsonNode? Value)> other)
    {
        var call = new JsonObject
        {
            ["id"] = "01990f3a-7c00-7000-8000-0000000000e1",
            ["provider_call_id"] = null,
            ["conversation"] = new JsonObject { ["id"] = "01990f3a-7c00-7000-8000-0000000000f1" },
            ["assistant_id"] = "123456789",
            ["assistant_version"] = 1,
            ["direction"] = "outbound",
            ["status"] = "queued",
            ["from"] = "+15559876543",
            ["to"] = Number,
            ["metadata"] = new JsonObject { ["campaign"] = "follow-up" },
            ["created_at"] = "2026-11-25T09:12:40.1234567+00:00",
            ["answered_at"] = null,
        };
        foreach (var (name, value) in other)
            call[name] = value;
        return call;
    }

    public static Func<HttpContext, Task> Says(int status, JsonNode body, string? retryAfter = null) =>
        Says(status, Encoding.UTF8.GetBytes(body.ToJsonString()), retryAfter: retryAfter);

    /// <param name="announced">How many bytes the answer is said to have. When it has fewer, the connection is cut after them.</param>
    public static Func<HttpContext, Task> Says(int status, byte[] body, int? announced = null, string? retryAfter = null) => async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = announced ?? body.Length;
        if (retryAfter is not null)
            http.Response.Headers.RetryAfter = retryAfter;
        await http.Response.Body.WriteAsync(body);
        await http.Response.Body.FlushAsync();
        if (announced is not null)
            http.Abort();
    };

    public static Func<HttpContext, Task> Problem(int status, string code, string detail = "It cannot be.", string? retryAfter = null) =>
        Says(status, new JsonObject { ["status"] = status, ["code"] = code, ["detail"] = detail, ["trace_id"] = "00-4bf9" }, retryAfter);

    public static Task HangsUp(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    public static Task IsSilent(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
}
