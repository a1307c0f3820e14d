using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Rapida.Deployments.Assistants;
using Rapida.Deployments.Phone;
using Rapida.Deployments.Providers;
using Rapida.Deployments.V1;
using Rapida.ServiceDefaults.Problems;

namespace Rapida.Deployments.Tests;

[Collection(nameof(RunningDeployments))]
public sealed class ResolvePhoneCallTests(RunningDeployments deployments)
{
    private const string Number = "+15551234567";
    private readonly string _project = Guid.CreateVersion7().ToString();
    private readonly V1.Deployments.DeploymentsClient _gateway = new(deployments.Service.CallAs("gateway"));
    private readonly V1.Deployments.DeploymentsClient _calls = new(deployments.Service.CallAs("calls"));

    [Fact]
    public async Task Everything_a_call_needs_comes_in_one_round_trip()
    {
        var assistant = await CompleteAsync();
        var mark = deployments.Commands.Count;

        var resolved = await ResolveAsync(assistant);

        Assert.Single(deployments.Commands.Since(mark), line => line.StartsWith("begins", StringComparison.Ordinal));
        Assert.Empty(resolved.Missing);
        Assert.Equal((assistant.Id, 1), (resolved.Assistant.Id, resolved.Assistant.LiveVersion));
        Assert.Equal(("Be kind.", "scripted"), (resolved.Version.Prompt, resolved.Version.LanguageModel.Name));
        Assert.Equal("appointment", resolved.Version.LanguageModel.Options["script"]);
        Assert.Equal((Number, 1), (resolved.Phone.PhoneNumber, resolved.Phone.Revision));
        Assert.Equal(("pocketsphinx", "flite"), (resolved.Phone.SpeechToText.Name, resolved.Phone.TextToSpeech.Name));
        Assert.Equal(TimeSpan.FromSeconds(45.5), resolved.Phone.Experience.IdleTimeout.ToTimeSpan());
        Assert.Equal(TimeSpan.FromSeconds(300), resolved.Phone.Experience.MaxDuration.ToTimeSpan());
        Assert.Equal((0, "continue"), (resolved.Phone.Experience.IdleRetries, resolved.Phone.MachineDetection));
    }

    [Fact]
    public async Task An_incomplete_assistant_is_an_answer_that_says_what_is_missing()
    {
        var assistant = await _gateway.CreateAssistantAsync(new() { ProjectId = _project, Name = "Reception" });
        var bare = await ResolveAsync(assistant);

        await _gateway.CreateVersionAsync(new() { ProjectId = _project, AssistantId = assistant.Id, Prompt = "Be kind." });
        var withVersion = await ResolveAsync(assistant);

        await _gateway.SavePhoneDeploymentAsync(new()
        {
            ProjectId = _project,
            AssistantId = assistant.Id,
            Provider = "twilio",
            CredentialId = Guid.NewGuid().ToString(),
            PhoneNumber = Number,
            TextToSpeech = new() { Name = "flite" },
        });
        var withPhone = await ResolveAsync(assistant);

        Assert.Equal(["version", "language_model", "phone_deployment", "speech_to_text", "text_to_speech"], bare.Missing);
        Assert.Null(bare.Version);
        Assert.Null(bare.Phone);
        Assert.Equal(["language_model", "phone_deployment", "speech_to_text", "text_to_speech"], withVersion.Missing);
        Assert.Equal(["language_model", "speech_to_text"], withPhone.Missing);
    }

    [Fact]
    public async Task The_requested_version_is_honoured_and_without_one_the_latest_is_live()
    {
        var assistant = await CompleteAsync();
        await _gateway.CreateVersionAsync(new() { ProjectId = _project, AssistantId = assistant.Id, Prompt = "Be brief." });

        Assert.Equal((2, "Be brief."), Of((await ResolveAsync(assistant)).Version));
        Assert.Equal((1, "Be kind."), Of((await ResolveAsync(assistant, version: 1)).Version));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => ResolveAsync(assistant, version: 3));
        Assert.Equal((StatusCode.NotFound, "version_unknown"), (unknown.StatusCode, CodeOf(unknown)));
        var impossible = await Assert.ThrowsAsync<RpcException>(() => ResolveAsync(assistant, version: -1));
        Assert.Equal((StatusCode.InvalidArgument, "version_invalid"), (impossible.StatusCode, CodeOf(impossible)));

        static (int, string) Of(V1.AssistantVersion version) => (version.Version, version.Prompt);
    }

    [Fact]
    public async Task Another_projects_assistant_is_unknown()
    {
        var assistant = await CompleteAsync();
        assistant.ProjectId = Guid.NewGuid().ToString();

        var foreign = await Assert.ThrowsAsync<RpcException>(() => ResolveAsync(assistant));
        assistant.Id = "999999999999999";
        var unknown = await Assert.ThrowsAsync<RpcException>(() => ResolveAsync(assistant));

        Assert.Equal((StatusCode.NotFound, "assistant_unknown"), (foreign.StatusCode, CodeOf(foreign)));
        Assert.Equal(unknown.Status, foreign.Status);
    }

    [Fact]
    public async Task Only_CallControl_may_ask()
    {
        var request = new ResolvePhoneCallRequest { ProjectId = _project, AssistantId = "1" };
        var nobody = new V1.Deployments.DeploymentsClient(deployments.Service.CallAsNobody());
        var relay = new V1.Deployments.DeploymentsClient(deployments.Service.CallAs("media"));

        Assert.Equal(
            StatusCode.Unauthenticated,
            (await Assert.ThrowsAsync<RpcException>(() => nobody.ResolvePhoneCallAsync(request).ResponseAsync)).StatusCode);
        Assert.Equal(
            StatusCode.PermissionDenied,
            (await Assert.ThrowsAsync<RpcException>(() => relay.ResolvePhoneCallAsync(request).ResponseAsync)).StatusCode);
    }

    [Theory]
    [InlineData(14, 0)]
    [InlineData(120, 1)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, 0)]
    public async Task A_duration_of_any_size_is_refused_with_the_range(long seconds, int nanos)
    {
        var assistant = await _gateway.CreateAssistantAsync(new() { ProjectId = _project, Name = "Reception" });

        var refused = await Assert.ThrowsAsync<RpcException>(() => _gateway.SavePhoneDeploymentAsync(new()
        {
            ProjectId = _project,
            AssistantId = assistant.Id,
            Provider = "twilio",
            CredentialId = Guid.NewGuid().ToString(),
            PhoneNumber = Number,
            IdleTimeout = new Duration { Seconds = seconds, Nanos = nanos },
        }).ResponseAsync);

        Assert.Equal((StatusCode.InvalidArgument, "idle_timeout_out_of_range"), (refused.StatusCode, CodeOf(refused)));
    }

    [Fact]
    public async Task A_seed_that_runs_again_changes_nothing_and_one_that_was_cut_short_is_completed()
    {
        var id = AssistantId.Random();
        await using (var db = deployments.NewDbContext())
        {
            db.Assistants.Add(Assistants.Assistant.Create(Guid.Parse(_project), id, "Reception", TimeProvider.System.GetUtcNow()));
            await db.SaveChangesAsync();
        }

        await SeedAsync(id);
        var once = await RowsAsync(id);
        await SeedAsync(id);

        Assert.Equal(once, await RowsAsync(id));
        Assert.Empty((await _calls.ResolvePhoneCallAsync(new() { ProjectId = _project, AssistantId = id.ToString() })).Missing);
    }

    private static string? CodeOf(RpcException exception) => exception.Trailers.GetValue(ProblemAnswers.CodeTrailer);

    private Task<ResolvePhoneCallResponse> ResolveAsync(V1.Assistant assistant, int version = 0) => _calls.ResolvePhoneCallAsync(
        new() { ProjectId = assistant.ProjectId, AssistantId = assistant.Id, Version = version }).ResponseAsync;

    private async Task<V1.Assistant> CompleteAsync()
    {
        var assistant = await _gateway.CreateAssistantAsync(new() { ProjectId = _project, Name = "Reception" });
        await _gateway.CreateVersionAsync(new()
        {
            ProjectId = _project,
            AssistantId = assistant.Id,
            Prompt = "Be kind.",
            LanguageModel = new() { Name = "scripted", Options = { ["script"] = "appointment" } },
        });
        await _gateway.SavePhoneDeploymentAsync(new()
        {
            ProjectId = _project,
            AssistantId = assistant.Id,
            Provider = "twilio",
            CredentialId = Guid.NewGuid().ToString(),
            PhoneNumber = Number,
            IdleTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(45.5)),
            IdleRetries = 0,
            SpeechToText = new() { Name = "pocketsphinx" },
            TextToSpeech = new() { Name = "flite" },
            MachineDetection = "continue",
        });
        return assistant;
    }

    private async Task SeedAsync(AssistantId id)
    {
        await using var db = deployments.NewDbContext();
        var project = Guid.Parse(_project);
        var clock = TimeProvider.System;
        await new EnsureAssistant(
            db, new(db, clock, NullLogger<SaveVersion>.Instance), new(db, clock, NullLogger<SavePhoneDeployment>.Instance), clock)
            .ExecuteAsync(
                "Reception",
                CreateVersionCommand.Parse(project, id, new("scripted", null, null), "Be kind.").ValueOrThrow(),
                SavePhoneDeploymentCommand.Parse(project, id, new()
                {
                    Provider = "twilio",
                    CredentialId = Guid.NewGuid().ToString(),
                    PhoneNumber = Number,
                    SpeechToText = new("pocketsphinx", null, null),
                    TextToSpeech = new("flite", null, null),
                }).ValueOrThrow(),
                default);
    }

    private async Task<string> RowsAsync(AssistantId id)
    {
        await using var db = deployments.NewDbContext();
        return string.Join('\n', await db.Database.SqlQuery<string>(
            $"""
             select a::text as "Value" from assistants a where id = {id.Value}
             union all select v::text from assistant_versions v where assistant_id = {id.Value}
             union all select p::text from phone_deployments p where assistant_id = {id.Value}
             """).ToListAsync());
    }
}
